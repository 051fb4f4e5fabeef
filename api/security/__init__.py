"""Who may come in: signing in, access by role, and what holds guessing and flooding back."""
