"""Tables, repositories and the unit of work. The only part that knows SQLAlchemy."""
