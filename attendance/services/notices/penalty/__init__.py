"""A Penalty Notice: decided, issued, paid or not, answered for by the school, withdrawn or handed over."""
