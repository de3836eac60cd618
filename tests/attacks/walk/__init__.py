"""Who may do what, walked over: every door of the code, by everybody, with everybody's ids."""
