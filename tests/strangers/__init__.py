"""Archives of weekly notes that nobody has seen before, and mistakes to plant into them.

`words` holds what seven languages call things, `calendar` when notes are written, `archives` makes whole archives out of
both, and `mistakes` knows what can go wrong in them. `tests/strangers.py` runs the program on the result.
"""
