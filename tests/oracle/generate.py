def documents(groups):
    return []
