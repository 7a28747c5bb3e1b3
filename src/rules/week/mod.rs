//! Which week a note covers.
