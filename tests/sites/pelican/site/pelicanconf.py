SITENAME = 'Shed notes'
PATH = 'content'
TIMEZONE = 'UTC'
# Lists of it do not repeat the texts.
THEME = 'theme'
DIRECT_TEMPLATES = []
