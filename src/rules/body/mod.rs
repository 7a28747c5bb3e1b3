//! What the body of a page shows as text.
