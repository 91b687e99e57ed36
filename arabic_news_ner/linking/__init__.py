"""Link entities to the knowledge base: people, organizations, places and countries."""
