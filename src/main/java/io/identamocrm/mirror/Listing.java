package io.identamocrm.mirror;
import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.*;
import java.util.*;
import java.util.function.*;
final class Listing<T> implements RequestSequence {
    final AmocrmRequest.Entity entity; final Function<JsonNode, T> reader; final ToLongFunction<T> id; final ToLongFunction<T> at; final long from; final Consumer<List<T>> sink;
    int page = 1; boolean over; long closed; final Set<Long> seen = new HashSet<>();
    Listing(AmocrmRequest.Entity entity, Function<JsonNode, T> reader, ToLongFunction<T> id, ToLongFunction<T> at, long from, Consumer<List<T>> sink, BooleanSupplier knows) {
        this.entity = entity; this.reader = reader; this.id = id; this.at = at; this.from = from; this.sink = sink; }
    public boolean hasNext() { return !over; }
    public AmocrmRequest next() { return AmocrmRequest.pageByChange(entity, page); }
    public void aggregate(Response.Usable a) {
        List<T> rows = new ArrayList<>(); a.body().path("_embedded").path(entity.embedded()).forEach(j -> rows.add(reader.apply(j)));
        if (page == 1) { closed = (a instanceof Response.Success s ? s.serverTime() : ((Response.NoContent) a).serverTime()).getEpochSecond() - 5; }
        sink.accept(rows); rows.forEach(r -> seen.add(id.applyAsLong(r)));
        over = rows.size() < 250 || at.applyAsLong(rows.get(rows.size() - 1)) < from; page++; }
    long closedUntil() { return Math.max(from, closed); }
    Set<Long> seen() { return seen; }
}
