"""No act is dead: each one of the registry is performed on the tour, and every kind of matter is met."""

from attendance.domain.steps import TABLES
from attendance.services.registry import ACTS
from attendance.store.tables.base import Base
from tests.support import world as w
from tests.support.tour import tour


class Noting(w.World):
    """A world that notes every act performed."""

    def do(self, name, day, /, **fields):
        done = super().do(name, day, **fields)
        self.acts.add(done.act)
        return done


def test_every_act_of_the_registry_is_performed_and_the_record_holds(store):
    world = Noting(**vars(w.build(store)))
    world.acts = set()
    tour(world)

    assert world.acts == {act.name for act in ACTS}
    assert world.store.examine(None).intact
    tables = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    for table in TABLES:
        rows = world.rows(tables[table.kind])
        assert rows, f"the tour leaves no {table.kind}"
        assert {row.state for row in rows} <= {state.value for state in table.states}
