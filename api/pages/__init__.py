"""The pages that officers, schools and auditors work in: server-rendered, nothing computed in them."""
