"""Archives of weekly notes that nobody has seen before, and mistakes to plant into them.

`words` holds what seven languages call things, `sites` how generators want their files, `calendar` when notes are written;
`plans` draws how an archive is kept, `archives` writes it, and `mistakes` knows what can go wrong in it.
"""
