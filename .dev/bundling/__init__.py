"""What `build.spec` and `.dev/bundle.py` share: contents, licences, icons, archives, Debian's package."""
