"""Writes figures for Prometheus, in the form that it asks for."""

from collections.abc import Iterable, Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from wasched.domain.figures import Figure, FigureKind, Histogram


def write_figures(found: Iterable[Figure | Histogram], accept: str) -> tuple[bytes, str]:
    """The figures as text, and its content type; `accept` is the header of who asks."""
    registry = CollectorRegistry()
    registry.register(_Written(list(found)))
    encode, content_type = choose_encoder(accept)
    return encode(registry), content_type


class _Written(Collector):
    def __init__(self, found: list[Figure | Histogram]) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        for one in self._found:
            yield _histogram(one) if isinstance(one, Histogram) else _figure(one)


def _figure(one: Figure) -> Metric:
    family = CounterMetricFamily if one.kind is FigureKind.COUNTER else GaugeMetricFamily
    names = [name for name, _ in next(iter(one.values), ())]
    written = family(one.name, one.about, labels=names)
    for labels, value in one.values.items():
        written.add_metric([text for _, text in labels], value)
    return written


def _histogram(one: Histogram) -> Metric:
    names = [name for name, _ in next(iter(one.values), ())]
    written = HistogramMetricFamily(one.name, one.about, labels=names)
    bounds = [*map(str, map(float, one.bounds)), "+Inf"]
    for labels, spread in one.values.items():
        buckets = list(zip(bounds, accumulate(spread.counts), strict=True))
        written.add_metric([text for _, text in labels], buckets, spread.total)
    return written
