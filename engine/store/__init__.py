"""The database: tables, connections, migrations, keys. Plain SQLAlchemy; SQLite by default, PostgreSQL by URL."""
