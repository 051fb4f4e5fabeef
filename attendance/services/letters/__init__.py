"""Preparing letters from the casework, looking at them, releasing them.

And recording how they were served.
"""
