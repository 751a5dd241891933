"""From a query to ranked photographs."""
