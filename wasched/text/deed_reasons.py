"""What is said of what somebody did, in English, as the log of deeds keeps it."""

from wasched.domain.reasons import Code

SENTENCES: dict[Code, str] = {
    Code.SIGNED_IN: "signed in",
    Code.SIGNED_OUT: "signed out",
    Code.CHANGED_PASSWORD: "changed the password",
    Code.CHANGED_EMAIL: "changed the e-mail",
    Code.CHOSE_PASSWORD_BY_LINK: "chose a new password by a link",
    Code.GOT_PASSWORD_LINK: "got a link to a new password in the shell",
    Code.MAILED_PASSWORD_LINK: "was mailed a link to a new password",
    Code.MADE_PASSWORD_LINK: "made user {user_id} a link to a new password",
    Code.SECOND_STEP_ON: "set up a second step",
    Code.SECOND_STEP_OFF: "took the second step off",
    Code.LOST_SECOND_STEP: "took the second step off by a link to a new password",
    Code.NEW_RECOVERY_CODES: "made new recovery codes",
    Code.USED_RECOVERY_CODE: "signed in with a recovery code",
    Code.INVITED: "invited somebody",
    Code.JOINED: "joined",
    Code.JOINED_AS_ADMIN: "joined, as the one who runs the server",
    Code.LEFT_SPACE: "left",
    Code.CHANGED_ROLE: "made user {user_id} {role}",
    Code.REMOVED_MEMBER: "took user {user_id} out",
    Code.RENAMED_SPACE: "changed the name",
    Code.MADE_OWNER: "made user {user_id} the owner",
    Code.MADE_ADMIN: "let user {user_id} run the server",
    Code.REMOVED_USER: "removed user {user_id}",
    Code.PRACTICE_ON: "practice mode on",
    Code.PRACTICE_OFF: "practice mode off",
    Code.KEEP_DAYS: "keep days {days}",
    Code.STOPPED_ACCOUNT: "stopped account {account_id}",
    Code.RESUMED_ACCOUNT: "went on with account {account_id}",
}
