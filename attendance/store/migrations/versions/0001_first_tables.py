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
        sa.PrimaryKeyConstraint("urn", name=op.f("pk_school")),
    )
    op.create_index(
        op.f("ix_school_la_code_establishment_number"),
        "school",
        ["la_code", "establishment_number"],
        unique=False,
    )
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
        sa.UniqueConstraint(
            "school_urn",
            "kind",
            "first_day",
            "known_at_utc",
            name=op.f("uq_calendar_period_school_urn_kind_first_day_known_at_utc"),
        ),
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
