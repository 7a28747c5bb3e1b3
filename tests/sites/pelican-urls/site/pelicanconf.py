SITENAME = 'Shed notes'
SITEURL = 'https://notes.example/diary'
PATH = 'content'
TIMEZONE = 'UTC'
# Lists of it do not repeat the texts.
THEME = 'theme'
DIRECT_TEMPLATES = []
ARTICLE_PATHS = ['notes']
PAGE_PATHS = ['extra']
ARTICLE_URL = '{date:%Y}/{date:%m}/{category}/{slug}/'
ARTICLE_SAVE_AS = ARTICLE_URL + 'index.html'
PAGE_URL = '{slug}/'
PAGE_SAVE_AS = '{slug}/index.html'
SLUGIFY_SOURCE = 'basename'
FILENAME_METADATA = r'(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.*)'
