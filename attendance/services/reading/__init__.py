"""What people may read: each answer as values, for one actor, never more than that actor may see."""
