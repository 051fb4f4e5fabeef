"""Every table. Importing this package fills `Base.metadata` with all of them."""

from importlib import import_module
from pkgutil import iter_modules

from attendance.store.tables.base import Base

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

metadata = Base.metadata
