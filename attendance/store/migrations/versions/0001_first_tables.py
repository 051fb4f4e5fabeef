"""First tables."""

import sqlalchemy as sa
from alembic import op

from attendance.store.tables.base import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go up to this revision."""
    op.create_table(
        "access_log",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("page", sa.String(length=60), nullable=False),
        sa.Column("pupil_id", WHOLE, nullable=True),
        sa.Column("case_id", WHOLE, nullable=True),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
    )
    op.create_index("ix_access_log_account", "access_log", ["account", "id"], unique=False)
    op.create_index("ix_access_log_pupil_id", "access_log", ["pupil_id", "id"], unique=False)
    op.create_table(
        "account",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "officer",
                "senior_officer",
                "school",
                "legal",
                "auditor",
                "job",
                name="role",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("person_id", WHOLE, nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
    )
    op.create_table(
        "adult",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("person", "local_authority", name="adultkind", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("forename", sa.Text(), nullable=False),
        sa.Column("surname", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_agreed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adult")),
        sa.UniqueConstraint("ref", name=op.f("uq_adult_ref")),
    )
    op.create_index(op.f("ix_adult_surname_forename"), "adult", ["surname", "forename"], unique=False)
    op.create_table(
        "document",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("received_at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_document")),
    )
    op.create_table(
        "letter_batch",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("for_posting_on", sa.Date(), nullable=False),
        sa.Column("prepared_on", sa.Date(), nullable=False),
        sa.Column("prepared_by", sa.String(length=80), nullable=False),
        sa.Column("sampled_on", sa.Date(), nullable=True),
        sa.Column("sampled_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_batch")),
        sa.UniqueConstraint("reference", name=op.f("uq_letter_batch_reference")),
    )
    op.create_table(
        "pupil",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("upn", sa.Text(), nullable=False),
        sa.Column("forename", sa.Text(), nullable=False),
        sa.Column("surname", sa.Text(), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=False),
        sa.Column("address_lines", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("home_la_code", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil")),
        sa.UniqueConstraint("upn", name=op.f("uq_pupil_upn")),
    )
    op.create_index(op.f("ix_pupil_surname_forename"), "pupil", ["surname", "forename"], unique=False)
    op.create_table(
        "reason",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_reason")),
    )
    op.create_table(
        "record_checkpoint",
        sa.Column("seq", WHOLE, autoincrement=False, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("at_utc", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_record_checkpoint")),
    )
    op.create_table(
        "record_entry",
        sa.Column("seq", WHOLE, autoincrement=False, nullable=False),
        sa.Column("at_utc", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("person_id", WHOLE, nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("case_id", WHOLE, nullable=True),
        sa.Column("pupil_id", WHOLE, nullable=True),
        sa.Column("adult_id", WHOLE, nullable=True),
        sa.Column("school_urn", sa.Text(), nullable=True),
        sa.Column("step", sa.Text(), nullable=True),
        sa.Column("step_id", WHOLE, nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("wrote", sa.Text(), nullable=True),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_record_entry")),
    )
    op.create_index(op.f("ix_record_entry_case_id_seq"), "record_entry", ["case_id", "seq"], unique=False)
    op.create_index(op.f("ix_record_entry_pupil_id_seq"), "record_entry", ["pupil_id", "seq"], unique=False)
    op.create_index(
        op.f("ix_record_entry_step_step_id_seq"), "record_entry", ["step", "step_id", "seq"], unique=False
    )
    op.create_table(
        "record_tail",
        sa.Column("id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_record_tail_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_tail")),
    )
    op.create_table(
        "reference",
        sa.Column("prefix", sa.String(length=5), nullable=False),
        sa.Column("year", WHOLE, nullable=False),
        sa.Column("last", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("prefix", "year", name=op.f("pk_reference")),
    )
    op.create_table(
        "register_import",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("received_at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rows", WHOLE, nullable=False),
        sa.Column("added", WHOLE, nullable=False),
        sa.Column("corrected", WHOLE, nullable=False),
        sa.Column("unchanged", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_import")),
    )
    op.create_index(
        op.f("ix_register_import_kind_sha256"), "register_import", ["kind", "sha256"], unique=False
    )
    op.create_table(
        "schema_revision",
        sa.Column("revision", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_schema_revision")),
    )
    op.create_table(
        "school",
        sa.Column("urn", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("establishment_type", sa.Text(), nullable=False),
        sa.Column("la_code", sa.Text(), nullable=False),
        sa.Column("establishment_number", sa.Text(), nullable=False),
        sa.Column("address_lines", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("telephone", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("urn", name=op.f("pk_school")),
    )
    op.create_index(
        op.f("ix_school_la_code_establishment_number"),
        "school",
        ["la_code", "establishment_number"],
        unique=False,
    )
    op.create_table(
        "sign_in",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("came_in", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
    )
    op.create_index("ix_sign_in_account_at_utc", "sign_in", ["account", "at_utc"], unique=False)
    op.create_table(
        "account_school",
        sa.Column("account_id", WHOLE, nullable=False),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_school_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", "school_urn", name=op.f("pk_account_school")),
    )
    op.create_table(
        "adult_address",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("adult_id", WHOLE, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("address_lines", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_adult_address_adult_id_adult")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adult_address")),
    )
    op.create_index(
        op.f("ix_adult_address_adult_id_since"), "adult_address", ["adult_id", "since"], unique=False
    )
    op.create_table(
        "api_token",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("account_id", WHOLE, nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at_utc", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_api_token_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_api_token_token_sha256")),
    )
    op.create_index(op.f("ix_api_token_account_id"), "api_token", ["account_id"], unique=False)
    op.create_table(
        "attendance_total",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("import_id", WHOLE, nullable=False),
        sa.Column("pupil_id", WHOLE, nullable=False),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column("academic_year", WHOLE, nullable=False),
        sa.Column("possible", WHOLE, nullable=False),
        sa.Column("attended", WHOLE, nullable=False),
        sa.Column("authorised", WHOLE, nullable=False),
        sa.Column("unauthorised", WHOLE, nullable=False),
        sa.Column("known_at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["register_import.id"], name=op.f("fk_attendance_total_import_id_register_import")
        ),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_attendance_total_pupil_id_pupil")),
        sa.ForeignKeyConstraint(
            ["school_urn"], ["school.urn"], name=op.f("fk_attendance_total_school_urn_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_total")),
        sa.UniqueConstraint(
            "pupil_id",
            "school_urn",
            "academic_year",
            "import_id",
            name=op.f("uq_attendance_total_pupil_id_school_urn_academic_year_import_id"),
        ),
    )
    op.create_table(
        "calendar_period",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("term", "closed", "inset", name="periodkind", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("known_at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at_utc", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_calendar_period_last_after_first")),
        sa.ForeignKeyConstraint(
            ["school_urn"], ["school.urn"], name=op.f("fk_calendar_period_school_urn_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_period")),
    )
    op.create_index(
        op.f("ix_calendar_period_school_urn_first_day"),
        "calendar_period",
        ["school_urn", "first_day"],
        unique=False,
    )
    op.create_table(
        "case",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("pupil_id", WHOLE, nullable=False),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("officer", sa.String(length=80), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("lead_practitioner", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_case_pupil_id_pupil")),
        sa.ForeignKeyConstraint(["school_urn"], ["school.urn"], name=op.f("fk_case_school_urn_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("reference", name=op.f("uq_case_reference")),
    )
    op.create_index(op.f("ix_case_officer"), "case", ["officer"], unique=False)
    op.create_index("ix_case_school_urn_state", "case", ["school_urn", "state"], unique=False)
    op.create_index(
        "uq_case_open",
        "case",
        ["pupil_id", "school_urn"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "earlier_notice",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("pupil_id", WHOLE, nullable=False),
        sa.Column("adult_id", WHOLE, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("offence_from", sa.Date(), nullable=False),
        sa.Column("offence_until", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=30), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_earlier_notice_adult_id_adult")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_earlier_notice_pupil_id_pupil")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_notice")),
        sa.UniqueConstraint("reference", name=op.f("uq_earlier_notice_reference")),
    )
    op.create_index(
        "ix_earlier_notice_pupil_id_adult_id", "earlier_notice", ["pupil_id", "adult_id"], unique=False
    )
    op.create_table(
        "early_help",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("pupil_id", WHOLE, nullable=False),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("right_help_level", WHOLE, nullable=True),
        sa.Column("supporting_families_criteria", WHOLE, nullable=True),
        sa.Column("lead_practitioner", sa.String(length=80), nullable=False),
        sa.Column("adviser", sa.Text(), nullable=False),
        sa.Column("plan_review_on", sa.Date(), nullable=True),
        sa.Column("recorded_at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_early_help_pupil_id_pupil")),
        sa.ForeignKeyConstraint(["school_urn"], ["school.urn"], name=op.f("fk_early_help_school_urn_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_help")),
        sa.UniqueConstraint("reference", name=op.f("uq_early_help_reference")),
    )
    op.create_index(
        "ix_early_help_pupil_id_school_urn", "early_help", ["pupil_id", "school_urn"], unique=False
    )
    op.create_table(
        "enrolment",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("pupil_id", WHOLE, nullable=False),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("year_group", sa.Text(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_enrolment_until_after_since")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_enrolment_pupil_id_pupil")),
        sa.ForeignKeyConstraint(["school_urn"], ["school.urn"], name=op.f("fk_enrolment_school_urn_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint(
            "pupil_id", "school_urn", "since", name=op.f("uq_enrolment_pupil_id_school_urn_since")
        ),
    )
    op.create_index(op.f("ix_enrolment_school_urn"), "enrolment", ["school_urn"], unique=False)
    op.create_table(
        "mark_change",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("import_id", WHOLE, nullable=False),
        sa.Column("pupil_id", WHOLE, nullable=False),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "session", sa.Enum("AM", "PM", name="session", native_enum=False, length=60), nullable=False
        ),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("known_at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["register_import.id"], name=op.f("fk_mark_change_import_id_register_import")
        ),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_mark_change_pupil_id_pupil")),
        sa.ForeignKeyConstraint(
            ["school_urn"], ["school.urn"], name=op.f("fk_mark_change_school_urn_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark_change")),
    )
    op.create_index(op.f("ix_mark_change_import_id"), "mark_change", ["import_id"], unique=False)
    op.create_index(
        op.f("ix_mark_change_pupil_id_school_urn_day"),
        "mark_change",
        ["pupil_id", "school_urn", "day"],
        unique=False,
    )
    op.create_table(
        "month_count",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("pupils", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_urn"], ["school.urn"], name=op.f("fk_month_count_school_urn_school")
        ),
        sa.PrimaryKeyConstraint("month", "school_urn", name=op.f("pk_month_count")),
    )
    op.create_table(
        "notice_check",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("pupil_id", WHOLE, nullable=False),
        sa.Column("adult_id", WHOLE, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("asked_of", sa.Text(), nullable=False),
        sa.Column("of_authority", sa.Boolean(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_notice_check_adult_id_adult")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_notice_check_pupil_id_pupil")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_check")),
        sa.UniqueConstraint("reference", name=op.f("uq_notice_check_reference")),
    )
    op.create_index(
        "ix_notice_check_pupil_id_adult_id", "notice_check", ["pupil_id", "adult_id"], unique=False
    )
    op.create_table(
        "offence_session",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("notice_kind", sa.String(length=30), nullable=False),
        sa.Column("notice_id", WHOLE, nullable=False),
        sa.Column("pupil_id", WHOLE, nullable=False),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("session", sa.String(length=2), nullable=False),
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_offence_session_pupil_id_pupil")),
        sa.ForeignKeyConstraint(
            ["school_urn"], ["school.urn"], name=op.f("fk_offence_session_school_urn_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offence_session")),
        sa.UniqueConstraint(
            "notice_kind",
            "notice_id",
            "day",
            "session",
            name=op.f("uq_offence_session_notice_kind_notice_id_day_session"),
        ),
    )
    op.create_index(
        "ix_offence_session_pupil_id_school_urn_day",
        "offence_session",
        ["pupil_id", "school_urn", "day"],
        unique=False,
    )
    op.create_table(
        "outbox",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("record_seq", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=True),
        sa.Column("step_id", WHOLE, nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("created_at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent_at_utc", UtcDateTime(timezone=True), nullable=True),
        sa.Column("attempts", WHOLE, nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.sha256"], name=op.f("fk_outbox_document_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_sent_at_utc_id"), "outbox", ["sent_at_utc", "id"], unique=False)
    op.create_table(
        "parent_link",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("pupil_id", WHOLE, nullable=False),
        sa.Column("adult_id", WHOLE, nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "natural_parent",
                "parental_responsibility",
                "care_of_child",
                "none",
                name="parentbasis",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("lives_with", sa.Boolean(), nullable=False),
        sa.Column("day_to_day", sa.Boolean(), nullable=False),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_parent_link_until_after_since")),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_parent_link_adult_id_adult")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_parent_link_pupil_id_pupil")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parent_link")),
        sa.UniqueConstraint(
            "pupil_id",
            "adult_id",
            "basis",
            "since",
            name=op.f("uq_parent_link_pupil_id_adult_id_basis_since"),
        ),
    )
    op.create_index(op.f("ix_parent_link_adult_id"), "parent_link", ["adult_id"], unique=False)
    op.create_table(
        "pupil_flag",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("pupil_id", WHOLE, nullable=False),
        sa.Column(
            "flag",
            sa.Enum(
                "looked_after",
                "child_protection_plan",
                "child_in_need",
                "ehcp",
                "send",
                "health",
                "young_carer",
                "language",
                "safe_contact",
                "protected_address",
                "home_educated",
                "missing_education",
                "part_time_timetable",
                name="flag",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_pupil_flag_until_after_since")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_pupil_flag_pupil_id_pupil")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_flag")),
        sa.UniqueConstraint("pupil_id", "flag", "since", name=op.f("uq_pupil_flag_pupil_id_flag_since")),
    )
    op.create_table(
        "register_batch",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("import_id", WHOLE, nullable=False),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("first", "correction", name="batchkind", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("known_at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.Column("count", WHOLE, nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["register_import.id"], name=op.f("fk_register_batch_import_id_register_import")
        ),
        sa.ForeignKeyConstraint(
            ["school_urn"], ["school.urn"], name=op.f("fk_register_batch_school_urn_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_batch")),
    )
    op.create_index(op.f("ix_register_batch_import_id"), "register_batch", ["import_id"], unique=False)
    op.create_index(
        op.f("ix_register_batch_school_urn_first_day_last_day"),
        "register_batch",
        ["school_urn", "first_day", "last_day"],
        unique=False,
    )
    op.create_table(
        "register_day",
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("known_at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_urn"], ["school.urn"], name=op.f("fk_register_day_school_urn_school")
        ),
        sa.PrimaryKeyConstraint("school_urn", "day", name=op.f("pk_register_day")),
    )
    op.create_table(
        "staff_member",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "senior_attendance_champion",
                "attendance_lead",
                "laao",
                "ehac",
                "head",
                "authorised_deputy",
                "authorised_assistant",
                "authorised_officer",
                name="staffrole",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("school_urn", sa.Text(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("authorised_by_document", sa.Text(), nullable=False),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_staff_member_until_after_since")),
        sa.ForeignKeyConstraint(
            ["school_urn"], ["school.urn"], name=op.f("fk_staff_member_school_urn_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
        sa.UniqueConstraint(
            "school_urn", "name", "role", "since", name=op.f("uq_staff_member_school_urn_name_role_since")
        ),
    )
    op.create_index(op.f("ix_staff_member_school_urn"), "staff_member", ["school_urn"], unique=False)
    op.create_table(
        "support",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("pupil_id", WHOLE, nullable=False),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("offered_by", sa.Text(), nullable=False),
        sa.Column("adult_id", WHOLE, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("pupil_voice", sa.Text(), nullable=False),
        sa.Column("parent_voice", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("recorded_at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_support_adult_id_adult")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_support_pupil_id_pupil")),
        sa.ForeignKeyConstraint(["school_urn"], ["school.urn"], name=op.f("fk_support_school_urn_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")),
        sa.UniqueConstraint("reference", name=op.f("uq_support_reference")),
    )
    op.create_index(
        "ix_support_pupil_id_school_urn", "support", ["pupil_id", "school_urn", "on"], unique=False
    )
    op.create_table(
        "web_session",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("account_id", WHOLE, nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.Column("begun_at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at_utc", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_web_session_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_session")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_web_session_token_sha256")),
    )
    op.create_index(op.f("ix_web_session_account_id"), "web_session", ["account_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("case_id", WHOLE, nullable=True),
        sa.Column("subject_kind", sa.String(length=30), nullable=False),
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at_utc", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("lifted", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_decision_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_lifted", "decision", ["lifted", "id"], unique=False)
    op.create_index("ix_decision_subject", "decision", ["subject_kind", "subject_id"], unique=False)
    op.create_table(
        "duty",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("case_id", WHOLE, nullable=True),
        sa.Column("subject_kind", sa.String(length=30), nullable=False),
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.Column("subject_reference", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("owner_role", sa.String(length=30), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("school_urn", sa.String(length=6), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("clears", sa.String(length=200), nullable=False),
        sa.Column("cleared_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_duty_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
    )
    op.create_index("ix_duty_case_id_cleared_on", "duty", ["case_id", "cleared_on"], unique=False)
    op.create_index("ix_duty_open", "duty", ["cleared_on", "due_on"], unique=False)
    op.create_index("ix_duty_subject", "duty", ["subject_kind", "subject_id"], unique=False)
    op.create_table(
        "letter",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("template_version", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("case_id", WHOLE, nullable=False),
        sa.Column("subject_kind", sa.String(length=30), nullable=False),
        sa.Column("subject_id", WHOLE, nullable=False),
        sa.Column("tells_of_id", WHOLE, nullable=True),
        sa.Column("adult_id", WHOLE, nullable=True),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("address_as_posted", sa.Text(), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("html_sha256", sa.String(length=64), nullable=False),
        sa.Column("data_sha256", sa.String(length=64), nullable=False),
        sa.Column("contents", sa.Text(), nullable=False),
        sa.Column("prepared_on", sa.Date(), nullable=False),
        sa.Column("prepared_by", sa.String(length=80), nullable=False),
        sa.Column("for_posting_on", sa.Date(), nullable=False),
        sa.Column("batch_id", WHOLE, nullable=True),
        sa.Column("method", sa.String(length=30), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("served_by", sa.String(length=80), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("delivered_by", sa.Text(), nullable=False),
        sa.Column("delivered_how", sa.String(length=30), nullable=False),
        sa.Column("delivered_to", sa.Text(), nullable=False),
        sa.Column("deemed_received_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_letter_adult_id_adult")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["letter_batch.id"], name=op.f("fk_letter_batch_id_letter_batch")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_letter_case_id_case")),
        sa.ForeignKeyConstraint(["school_urn"], ["school.urn"], name=op.f("fk_letter_school_urn_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("reference", name=op.f("uq_letter_reference")),
    )
    op.create_index(op.f("ix_letter_batch_id"), "letter", ["batch_id"], unique=False)
    op.create_index(op.f("ix_letter_case_id"), "letter", ["case_id"], unique=False)
    op.create_index("ix_letter_state_for_posting_on", "letter", ["state", "for_posting_on"], unique=False)
    op.create_index("ix_letter_subject", "letter", ["subject_kind", "subject_id"], unique=False)
    op.create_table(
        "request",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("case_id", WHOLE, nullable=False),
        sa.Column("pupil_id", WHOLE, nullable=False),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("absent_from", sa.Date(), nullable=False),
        sa.Column("absent_until", sa.Date(), nullable=False),
        sa.Column("child_returned_on", sa.Date(), nullable=True),
        sa.Column("leave_applied_for", sa.Boolean(), nullable=False),
        sa.Column("exceptional_considered", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(length=80), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_request_case_id_case")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_request_pupil_id_pupil")),
        sa.ForeignKeyConstraint(["school_urn"], ["school.urn"], name=op.f("fk_request_school_urn_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("reference", name=op.f("uq_request_reference")),
    )
    op.create_index(op.f("ix_request_case_id"), "request", ["case_id"], unique=False)
    op.create_index("ix_request_school_urn_state", "request", ["school_urn", "state"], unique=False)
    op.create_table(
        "review",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("case_id", WHOLE, nullable=False),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column("notice_kind", sa.String(length=30), nullable=False),
        sa.Column("notice_id", WHOLE, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("sessions_before", WHOLE, nullable=False),
        sa.Column("sessions_after", WHOLE, nullable=False),
        sa.Column("threshold_stands", sa.Boolean(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_review_case_id_case")),
        sa.ForeignKeyConstraint(["school_urn"], ["school.urn"], name=op.f("fk_review_school_urn_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("reference", name=op.f("uq_review_reference")),
    )
    op.create_index(op.f("ix_review_case_id"), "review", ["case_id"], unique=False)
    op.create_index("ix_review_notice", "review", ["notice_kind", "notice_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("request_id", WHOLE, nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_evidence_request_id_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint(
            "request_id", "item", "document_sha256", name=op.f("uq_evidence_request_id_item_document_sha256")
        ),
    )
    op.create_table(
        "notice_to_improve",
        sa.Column("target_sessions", WHOLE, nullable=False),
        sa.Column("further_support", sa.Text(), nullable=False),
        sa.Column("period_days", WHOLE, nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_until", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("early_end_ground", sa.String(length=60), nullable=False),
        sa.Column("early_end_on", sa.Date(), nullable=True),
        sa.Column("sessions_in_period", WHOLE, nullable=True),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("case_id", WHOLE, nullable=False),
        sa.Column("request_id", WHOLE, nullable=True),
        sa.Column("pupil_id", WHOLE, nullable=False),
        sa.Column("adult_id", WHOLE, nullable=False),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("offence_from", sa.Date(), nullable=False),
        sa.Column("offence_until", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("code_of_conduct", sa.String(length=120), nullable=False),
        sa.Column("letter_id", WHOLE, nullable=True),
        sa.Column("consulted", sa.Text(), nullable=False),
        sa.Column("flags_known", sa.Text(), nullable=False),
        sa.Column("reasons_given", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_notice_to_improve_adult_id_adult")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_notice_to_improve_case_id_case")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_notice_to_improve_letter_id_letter")
        ),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_notice_to_improve_pupil_id_pupil")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_notice_to_improve_request_id_request")
        ),
        sa.ForeignKeyConstraint(
            ["school_urn"], ["school.urn"], name=op.f("fk_notice_to_improve_school_urn_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_to_improve")),
        sa.UniqueConstraint("reference", name=op.f("uq_notice_to_improve_reference")),
    )
    op.create_index(op.f("ix_notice_to_improve_case_id"), "notice_to_improve", ["case_id"], unique=False)
    op.create_index(
        "ix_notice_to_improve_pupil_id_adult_id", "notice_to_improve", ["pupil_id", "adult_id"], unique=False
    )
    op.create_index("ix_notice_to_improve_state", "notice_to_improve", ["state"], unique=False)
    op.create_table(
        "request_parent",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("request_id", WHOLE, nullable=False),
        sa.Column("adult_id", WHOLE, nullable=False),
        sa.Column("name_given", sa.Text(), nullable=False),
        sa.Column("address_given", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_request_parent_adult_id_adult")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_request_parent_request_id_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_parent")),
        sa.UniqueConstraint("request_id", "adult_id", name=op.f("uq_request_parent_request_id_adult_id")),
    )
    op.create_table(
        "penalty_notice",
        sa.Column("absence_kind", sa.String(length=30), nullable=False),
        sa.Column("rung", sa.String(length=10), nullable=False),
        sa.Column("notice_to_improve_id", WHOLE, nullable=True),
        sa.Column("skip_ground", sa.String(length=60), nullable=False),
        sa.Column("issuer_staff_id", WHOLE, nullable=False),
        sa.Column("issuer_capacity", sa.String(length=40), nullable=False),
        sa.Column("issuer_decided", sa.String(length=20), nullable=False),
        sa.Column("issuer_decision_sha256", sa.String(length=64), nullable=False),
        sa.Column("reduced_pence", WHOLE, nullable=True),
        sa.Column("full_pence", WHOLE, nullable=False),
        sa.Column("reduced_until", sa.Date(), nullable=True),
        sa.Column("payable_until", sa.Date(), nullable=True),
        sa.Column("first_limit_on", sa.Date(), nullable=False),
        sa.Column("last_limit_on", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("withdrawal_ground", sa.String(length=60), nullable=False),
        sa.Column("school_messaged_on", sa.Date(), nullable=True),
        sa.Column("school_answer_due_on", sa.Date(), nullable=True),
        sa.Column("parent_messaged_on", sa.Date(), nullable=True),
        sa.Column("parent_reply_due_on", sa.Date(), nullable=True),
        sa.Column("school_answer", sa.String(length=20), nullable=False),
        sa.Column("school_answered_on", sa.Date(), nullable=True),
        sa.Column("statement_signed_on", sa.Date(), nullable=True),
        sa.Column("statement_sha256", sa.String(length=64), nullable=False),
        sa.Column("certificate_signed_on", sa.Date(), nullable=True),
        sa.Column("certificate_sha256", sa.String(length=64), nullable=False),
        sa.Column("exhibits_complete_on", sa.Date(), nullable=True),
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("case_id", WHOLE, nullable=False),
        sa.Column("request_id", WHOLE, nullable=True),
        sa.Column("pupil_id", WHOLE, nullable=False),
        sa.Column("adult_id", WHOLE, nullable=False),
        sa.Column("school_urn", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("offence_from", sa.Date(), nullable=False),
        sa.Column("offence_until", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("code_of_conduct", sa.String(length=120), nullable=False),
        sa.Column("letter_id", WHOLE, nullable=True),
        sa.Column("consulted", sa.Text(), nullable=False),
        sa.Column("flags_known", sa.Text(), nullable=False),
        sa.Column("reasons_given", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_penalty_notice_adult_id_adult")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_penalty_notice_case_id_case")),
        sa.ForeignKeyConstraint(
            ["issuer_staff_id"],
            ["staff_member.id"],
            name=op.f("fk_penalty_notice_issuer_staff_id_staff_member"),
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_penalty_notice_letter_id_letter")
        ),
        sa.ForeignKeyConstraint(
            ["notice_to_improve_id"],
            ["notice_to_improve.id"],
            name=op.f("fk_penalty_notice_notice_to_improve_id_notice_to_improve"),
        ),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_penalty_notice_pupil_id_pupil")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_penalty_notice_request_id_request")
        ),
        sa.ForeignKeyConstraint(
            ["school_urn"], ["school.urn"], name=op.f("fk_penalty_notice_school_urn_school")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_penalty_notice")),
        sa.UniqueConstraint("reference", name=op.f("uq_penalty_notice_reference")),
    )
    op.create_index(op.f("ix_penalty_notice_case_id"), "penalty_notice", ["case_id"], unique=False)
    op.create_index(
        "ix_penalty_notice_pupil_id_adult_id", "penalty_notice", ["pupil_id", "adult_id"], unique=False
    )
    op.create_index("ix_penalty_notice_state", "penalty_notice", ["state"], unique=False)
    op.create_table(
        "consideration",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("penalty_notice_id", WHOLE, nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("answer", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answered_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["penalty_notice_id"],
            ["penalty_notice.id"],
            name=op.f("fk_consideration_penalty_notice_id_penalty_notice"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consideration")),
        sa.UniqueConstraint(
            "penalty_notice_id", "question", name=op.f("uq_consideration_penalty_notice_id_question")
        ),
    )
    op.create_table(
        "exhibit",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("penalty_notice_id", WHOLE, nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("added_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["penalty_notice_id"],
            ["penalty_notice.id"],
            name=op.f("fk_exhibit_penalty_notice_id_penalty_notice"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibit")),
        sa.UniqueConstraint(
            "penalty_notice_id",
            "what",
            "document_sha256",
            name=op.f("uq_exhibit_penalty_notice_id_what_document_sha256"),
        ),
    )
    op.create_table(
        "payment",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("penalty_notice_id", WHOLE, nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("pence", WHOLE, nullable=False),
        sa.Column("paid_with_reference", sa.Text(), nullable=False),
        sa.Column("transaction", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("judged", sa.String(length=20), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("refund_due_pence", WHOLE, nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_how", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["penalty_notice_id"],
            ["penalty_notice.id"],
            name=op.f("fk_payment_penalty_notice_id_penalty_notice"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("reference", name=op.f("uq_payment_reference")),
        sa.UniqueConstraint("transaction", name=op.f("uq_payment_transaction")),
    )
    op.create_index("ix_payment_penalty_notice_id", "payment", ["penalty_notice_id"], unique=False)
    op.create_table(
        "representation",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("case_id", WHOLE, nullable=False),
        sa.Column("penalty_notice_id", WHOLE, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("adult_id", WHOLE, nullable=False),
        sa.Column("made_for_them_by", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.String(length=80), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=80), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("withdrawal_considered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_representation_adult_id_adult")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_representation_case_id_case")),
        sa.ForeignKeyConstraint(
            ["penalty_notice_id"],
            ["penalty_notice.id"],
            name=op.f("fk_representation_penalty_notice_id_penalty_notice"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representation")),
        sa.UniqueConstraint("reference", name=op.f("uq_representation_reference")),
    )
    op.create_index(op.f("ix_representation_case_id"), "representation", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_representation_penalty_notice_id"), "representation", ["penalty_notice_id"], unique=False
    )
    op.create_table(
        "refund",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("payment_id", WHOLE, nullable=False),
        sa.Column("pence", WHOLE, nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("why", sa.String(length=60), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_refund_payment_id_payment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
    )
    op.create_index(op.f("ix_refund_payment_id"), "refund", ["payment_id"], unique=False)
