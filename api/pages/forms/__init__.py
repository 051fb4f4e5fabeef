"""Forms made from what acts take, and what was typed made into what acts take."""
