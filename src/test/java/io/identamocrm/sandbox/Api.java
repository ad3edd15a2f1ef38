package io.identamocrm.sandbox;

import io.identamocrm.sandbox.Journal.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API's paths and verbs over the account (amoCRM facts, sections 3 to 7). One request at a time touches the account. */
final class Api {

    private static final String LEADS = "/api/v4/leads";
    private static final String CONTACTS = "/api/v4/contacts";
    private static final String ID = "/(\\d{1,18})";

    private interface Handler {
        Reply answer(Call call, Matcher path);
    }

    private record Route(String method, Pattern path, Kind kind, Handler handler) {}

    private final AccountContent account;
    private final List<Route> routes = new ArrayList<>();

    Api(AccountContent account, Faults faults, TokenDesk tokens) {
        this.account = account;
        StructureApi structure = new StructureApi(account);
        LinkApi links = new LinkApi(account);
        route("POST", "/oauth2/access_token", Kind.TOKENS, (call, path) -> tokens.answer(call));
        route("GET", "/api/v4/account", Kind.ACCOUNT, (call, path) -> structure.account(call));
        route("GET", "/api/v4/users", Kind.ACCOUNT, (call, path) -> structure.users(call));
        route("GET", "/api/v4/users" + ID, Kind.ACCOUNT, (call, path) -> structure.user(call, id(path)));
        route("GET", LEADS + "/pipelines", Kind.PIPELINES, (call, path) -> structure.pipelines());
        route("GET", LEADS + "/pipelines" + ID, Kind.PIPELINES, (call, path) -> structure.pipeline(id(path)));
        route(
                "GET",
                LEADS + "/pipelines" + ID + "/statuses",
                Kind.PIPELINES,
                (call, path) -> structure.stages(id(path)));
        route("POST", LEADS + "/link", Kind.LINK, (call, path) -> links.link(call, null));
        route("POST", LEADS + "/unlink", Kind.UNLINK, (call, path) -> links.unlink(call, null));
        route("GET", LEADS + "/links", Kind.LINKS, (call, path) -> links.ofMany(call));
        route("POST", LEADS + ID + "/link", Kind.LINK, (call, path) -> links.link(call, id(path)));
        route("POST", LEADS + ID + "/unlink", Kind.UNLINK, (call, path) -> links.unlink(call, id(path)));
        EntityApi leads = new EntityApi(account, faults, true);
        route("POST", LEADS + "/complex", Kind.COMPLEX, (call, path) -> leads.complex(call));
        TaskApi tasks = new TaskApi(account, faults);
        route("GET", "/api/v4/tasks", Kind.TASKS, (call, path) -> tasks.list(call));
        route("POST", "/api/v4/tasks", Kind.TASKS, (call, path) -> tasks.create(call));
        route("PATCH", "/api/v4/tasks", Kind.TASKS, (call, path) -> tasks.change(call));
        route("GET", "/api/v4/tasks" + ID, Kind.TASKS, (call, path) -> tasks.one(call, id(path)));
        route("PATCH", "/api/v4/tasks" + ID, Kind.TASKS, (call, path) -> tasks.changeOne(call, id(path)));
        for (boolean lead : new boolean[] {true, false}) {
            String root = lead ? LEADS : CONTACTS;
            EntityApi entities = lead ? leads : new EntityApi(account, faults, false);
            route("GET", root, Kind.LIST, (call, path) -> entities.list(call));
            route("POST", root, Kind.CREATE, (call, path) -> entities.create(call));
            route("PATCH", root, Kind.CHANGE, (call, path) -> entities.change(call));
            route("GET", root + ID, Kind.READ, (call, path) -> entities.one(call, id(path)));
            route("PATCH", root + ID, Kind.CHANGE, (call, path) -> entities.changeOne(call, id(path)));
            route("GET", root + ID + "/links", Kind.LINKS, (call, path) -> links.of(call, lead, id(path)));
            route("GET", root + "/custom_fields", Kind.FIELDS, (call, path) -> structure.fields(call, lead));
            route("POST", root + "/custom_fields", Kind.FIELDS, (call, path) -> structure.createFields(call, lead));
            route(
                    "GET",
                    root + "/custom_fields" + ID,
                    Kind.FIELDS,
                    (call, path) -> structure.field(call, lead, id(path)));
            NoteApi notes = new NoteApi(account, faults, lead);
            route("GET", root + "/notes", Kind.NOTES, (call, path) -> notes.list(call, null));
            route("POST", root + "/notes", Kind.NOTES, (call, path) -> notes.create(call, null));
            route("PATCH", root + "/notes", Kind.NOTES, (call, path) -> notes.change(call));
            route("GET", root + "/notes" + ID, Kind.NOTES, (call, path) -> notes.one(call, id(path)));
            route("PATCH", root + "/notes" + ID, Kind.NOTES, (call, path) -> notes.changeOne(call, id(path)));
            route("GET", root + ID + "/notes", Kind.NOTES, (call, path) -> notes.list(call, id(path)));
            route("POST", root + ID + "/notes", Kind.NOTES, (call, path) -> notes.create(call, id(path)));
        }
    }

    private void route(String method, String path, Kind kind, Handler handler) {
        routes.add(new Route(method, Pattern.compile(path), kind, handler));
    }

    private static long id(Matcher path) {
        return Long.parseLong(path.group(1));
    }

    /** What a request is about, {@code UNKNOWN} where there is no such path. */
    Kind kind(String method, String path) {
        Kind ofPath = Kind.UNKNOWN;
        for (Route route : routes) {
            if (route.path.matcher(path).matches()) {
                ofPath = route.kind;
                if (route.method.equals(method)) {
                    return route.kind;
                }
            }
        }
        return ofPath;
    }

    Reply answer(Call call) {
        boolean known = false;
        for (Route route : routes) {
            Matcher path = route.path.matcher(call.path());
            if (path.matches()) {
                known = true;
                if (route.method.equals(call.method())) {
                    synchronized (account) {
                        return route.handler.answer(call, path);
                    }
                }
            }
        }
        return known
                ? Reply.wrongVerb()
                : Reply.problem(404, "Not Found", "Cannot " + call.method() + " " + call.path());
    }
}
