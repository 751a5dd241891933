"""Tests of the services, with a fake engine."""
