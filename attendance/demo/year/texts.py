"""What the demo's people write: reasons, answers, and what letters and records say in their words."""

from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    "early_help_not_offered": "The family has a social worker already, who leads the help for them.",
    "safe_contact_not_confirmed": "The social worker says that a letter here reaches this parent only.",
    "stale_n_marks": "The school asked the parent three times without an answer; the sessions stand.",
    "time_limit_too_near": "Payment would end the matter; that a prosecution may come late is accepted.",
    "register_incomplete": "The school was closed on the sessions without a mark.",
    "reasons_not_established": "The school has asked for the reasons and has had no answer in its time.",
    "extension_for_a_holiday": "The school was closed for most of its time to answer.",
    "school_said_no": "The absence goes on, and support has been refused more than once.",
    "school_was_silent": "The absence goes on, and the school's silence does not bind here.",
    "answer_late": "The school answered on the first day after its holiday.",
    "parent_not_asked": "The parent told the school in a meeting what there was to say.",
    "parent_may_still_reply": "The parent has replied already.",
    "fewer_sessions": "The sessions that are left still meet the threshold.",
    "below_threshold": "The absence is of a kind that further support alone has not ended.",
    "support_not_recorded": "The family moved into the city this term and was helped by the last school.",
    "attendance_had_improved": "The improvement ended with the period; the pattern is back.",
    "earlier_notices_not_asked": "The family has lived in the city since the child was born.",
}
CONSIDERED: Mapping[str, str] = {
    "best_tool": "Support was offered first, or does not fit a leave of absence; nothing gentler is left.",
    "equality_act": "No disability or other protected need explains the absence; checked with the school.",
    "public_interest": "The absence was avoidable, and a fair rule holds for all families.",
    "sufficient_support": "What was offered is on record, and it was not taken up or did not help.",
}
EXCEPTIONAL = "We looked at the reasons that you gave and at whether they were exceptional. They were not."
HELP_OFFERED = ("a meeting at school at a time that suits you", "help with mornings from our pastoral team")
FURTHER_SUPPORT = (
    "A weekly check-in with the pastoral lead",
    "A place at the breakfast club",
    "An Early Help Assessment, which you can still take up",
)
SAID: Mapping[str, str] = {
    "bereavement": "My father died abroad that week and we went to the funeral.",
    "wrong_person": "I do not live with my child and knew nothing of this absence.",
    "hardship": "I am a single parent, the fine is more than I can pay, and I was told it would be fine.",
}
ANSWERS: Mapping[str, str] = {
    "bereavement": "The school has given leave for the funeral after the event. The notice is withdrawn.",
    "wrong_person": "The notice ought not to have been sent to you. It is withdrawn.",
    "hardship": "We understand that this is hard. No ground of withdrawal applies, and the notice stands.",
}
DISCRETION = "The criteria are met; the notice is considered next."
MORE_INFORMATION = (
    "Please record the support that was given and whether an Early Help Assessment was offered."
)
NO_NOTICE = "No notice can be issued here. The school goes on with support, and we help with that."
CLOSED = "Nothing further is due; attendance is followed by the school."
REOPENED = "The parent rang: absence has begun again, and the family asks for help."
EARLY_END = "The register shows absence without permission since the time to improve began."
EARLY_END_GROUND = "improvement_clearly_not_happening"
