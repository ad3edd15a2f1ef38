package io.identamocrm.mirror;
import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.*;
import java.util.*;
import java.util.function.*;
final class GoneCheck<T> implements RequestSequence {
    final AmocrmRequest.Entity entity; final Deque<Long> ids; final Function<JsonNode, T> reader; final Consumer<List<T>> sink; final Set<Long> gone = new TreeSet<>();
    GoneCheck(AmocrmRequest.Entity entity, Collection<Long> ids, Function<JsonNode, T> reader, Consumer<List<T>> sink) { this.entity = entity; this.ids = new ArrayDeque<>(ids); this.reader = reader; this.sink = sink; }
    public boolean hasNext() { return !ids.isEmpty(); }
    public AmocrmRequest next() { return AmocrmRequest.byIds(entity, List.of(ids.peek())); }
    public void aggregate(Response.Usable a) { long one = ids.poll(); if (a.body().path("id").asLong() == one) { sink.accept(List.of(reader.apply(a.body()))); } else { gone.add(one); } }
    Set<Long> gone() { return gone; }
}
