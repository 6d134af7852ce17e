package io.collabcluster.operator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesAttributesExtractor;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.crud.KubernetesCrudDispatcherException;
import io.fabric8.kubernetes.client.server.mock.crud.PostHandler;
import io.fabric8.kubernetes.client.server.mock.crud.PutHandler;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mock API server, taught what the operator rests on: server-side apply, admission of CollabClusters by their schema
 * and rules, and discovery. An approximation: lists are compared as a whole, there are no conflicts between managers, no
 * defaults but the CollabCluster's, and no garbage collection.
 */
public final class FakeApiServer extends KubernetesCrudDispatcher {

    private static final Pattern DISCOVERY = Pattern.compile("/apis/([^/]+/[^/?]+)/?(\\?.*)?");
    private static final Pattern CLUSTERS = Pattern.compile("/apis/collabcluster\\.io/v1alpha1/.*/collabclusters.*");

    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";

    private final Set<String> kinds = ConcurrentHashMap.newKeySet();
    private final Map<String, JsonNode> applied = new ConcurrentHashMap<>();
    private final AtomicInteger writes = new AtomicInteger();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();
    private final Set<String> read = ConcurrentHashMap.newKeySet();
    private final Set<Right> asked = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<Right>> places = new ConcurrentHashMap<>();
    private final Set<String> writers = ConcurrentHashMap.newKeySet();
    private final Set<String> cutOff = ConcurrentHashMap.newKeySet();
    private volatile List<PolicyRule> granted = List.of();

    public FakeApiServer() {
        super(List.of(CustomResourceDefinitionContext.fromCrd(Crd.DEFINITION)));
    }

    /** Has the server know a kind, as after an add-on was installed. {@code group/version/kind} */
    public void serve(String kind) {
        kinds.add(kind);
    }

    /** Answers the operator's requests of the method for such paths with the code. */
    public void refuse(String method, String path, int code) {
        refused.put(method + " " + path, code);
    }

    /** Answers as usual again. */
    public void refuseNothing() {
        refused.clear();
    }

    /** Requests so far that would change something. */
    public int writes() {
        return writes.get();
    }

    /** The rights that the operator would have needed so far. */
    public Set<Right> asked() {
        return asked;
    }

    /** The same by the namespace that they were needed in; below the empty name, those in the whole cluster. */
    public Map<String, Set<Right>> askedIn() {
        return places;
    }

    /** User agents that have tried to change something else than a lease. */
    public Set<String> writers() {
        return writers;
    }

    /** Refuses everything that a user agent asks for from now on. */
    public void cutOff(String agent) {
        cutOff.add(agent);
    }

    /** What whoever asks is told to be allowed. */
    public void grant(List<PolicyRule> rules) {
        granted = rules;
    }

    /** Paths that the operator has read so far, with their queries. */
    public Set<String> read() {
        return read;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        String agent = request.getHeader("User-Agent");
        if (!FakeCluster.TESTER.equals(agent)) {
            asked.addAll(Right.of(request));
            Right.namespace(request)
                    .ifPresent(namespace -> places.computeIfAbsent(namespace, any -> ConcurrentHashMap.newKeySet())
                            .addAll(Right.of(request)));
            if (!request.method().name().equals("GET")
                    && !request.getPath().contains("/leases")
                    && !request.getPath().contains(REVIEWS)) {
                writers.add(String.valueOf(agent));
            }
            if (cutOff.contains(String.valueOf(agent))) {
                return refusal(403, "cut off by the test");
            }
            if (request.method().name().equals("GET")) {
                read.add(URLDecoder.decode(request.getPath(), StandardCharsets.UTF_8));
            }
            String what = request.method() + " " + request.getPath();
            for (var refusal : refused.entrySet()) {
                if (what.matches(refusal.getKey())) {
                    return refusal(refusal.getValue(), "refused by the test");
                }
            }
        }
        return super.dispatch(request);
    }

    @Override
    public MockResponse handleGet(String path) {
        Matcher discovery = DISCOVERY.matcher(path);
        return discovery.matches() ? resources(discovery.group(1)) : super.handleGet(path);
    }

    private MockResponse resources(String version) {
        var list = new APIResourceListBuilder().withGroupVersion(version);
        kinds.stream()
                .filter(kind -> kind.startsWith(version + "/"))
                .map(kind -> kind.substring(version.length() + 1))
                .forEach(kind -> list.addToResources(new APIResourceBuilder()
                        .withKind(kind)
                        .withName(kind.toLowerCase(Locale.ROOT) + "s")
                        .build()));
        return new MockResponse().setResponseCode(200).setBody(Serialization.asJson(list.build()));
    }

    @Override
    public synchronized MockResponse handleCreate(RecordedRequest request) {
        if (request.getPath().startsWith(REVIEWS)) {
            return review();
        }
        writes.incrementAndGet();
        String body = request.getBody().readUtf8();
        return handled(() -> post(request.getPath(), body));
    }

    private MockResponse review() {
        var status = new SelfSubjectRulesReviewBuilder().withNewStatus();
        granted.forEach(rule -> status.addNewResourceRule()
                .withApiGroups(rule.getApiGroups())
                .withResources(rule.getResources())
                .withVerbs(rule.getVerbs())
                .endResourceRule());
        return new MockResponse()
                .setResponseCode(201)
                .setBody(Serialization.asJson(status.endStatus().build()));
    }

    @Override
    public synchronized MockResponse handleUpdate(RecordedRequest request) {
        writes.incrementAndGet();
        String body = request.getBody().readUtf8();
        return handled(() -> put(request.getPath(), body));
    }

    @Override
    public synchronized MockResponse handleDelete(String path) {
        writes.incrementAndGet();
        applied.remove(plain(path));
        return super.handleDelete(path);
    }

    @Override
    public synchronized MockResponse handlePatch(RecordedRequest request) {
        writes.incrementAndGet();
        String type = String.valueOf(request.getHeader("Content-Type"));
        if (!type.startsWith("application/apply-patch")) {
            return super.handlePatch(request);
        }
        String body = request.getBody().readUtf8();
        return handled(() -> apply(request.getPath(), json(body)));
    }

    private interface Handler {
        MockResponse handle() throws KubernetesCrudDispatcherException;
    }

    private static MockResponse handled(Handler handler) {
        try {
            return handler.handle();
        } catch (KubernetesCrudDispatcherException e) {
            return refusal(e.getCode(), e.getMessage());
        }
    }

    private static MockResponse refusal(int code, String message) {
        var status = new StatusBuilder().withStatus("Failure").withCode(code).withMessage(message);
        return new MockResponse().setResponseCode(code).setBody(Serialization.asJson(status.build()));
    }

    private MockResponse post(String path, String body) throws KubernetesCrudDispatcherException {
        ObjectNode object = json(body);
        Optional<MockResponse> refusal = admission(path, object, Optional.empty());
        return refusal.isPresent()
                ? refusal.get()
                : new PostHandler((KubernetesAttributesExtractor) attributeExtractor, this)
                        .handle(path, "application/json", object.toString());
    }

    private MockResponse put(String path, String body) throws KubernetesCrudDispatcherException {
        ObjectNode object = json(body);
        if (!path.contains("/status")) {
            Optional<MockResponse> refusal = admission(path, object, stored(path));
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        return new PutHandler(this).handle(path, "application/json", object.toString());
    }

    private static Optional<MockResponse> admission(String path, ObjectNode object, Optional<ObjectNode> before) {
        if (!CLUSTERS.matcher(path).matches()) {
            return Optional.empty();
        }
        List<String> faults = Admission.admit(object, before);
        return faults.isEmpty() ? Optional.empty() : Optional.of(refusal(422, String.join(", ", faults)));
    }

    private Optional<ObjectNode> stored(String path) {
        MockResponse found = super.handleGet(plain(path));
        return found.code() == 200 ? Optional.of(json(found.getBody().readUtf8())) : Optional.empty();
    }

    /** https://kubernetes.io/docs/reference/using-api/server-side-apply/ */
    private MockResponse apply(String path, ObjectNode wanted) throws KubernetesCrudDispatcherException {
        String target = plain(path);
        boolean status = path.contains("/status");
        Optional<ObjectNode> stored = stored(path);
        String version = wanted.path("metadata").path("resourceVersion").asText();
        if (stored.isEmpty() && status) {
            return refusal(404, "not found");
        }
        if (stored.isPresent() && !version.isEmpty() && !version.equals(version(stored.get()))) {
            return refusal(409, "the object has been modified, or exists already");
        }
        ((ObjectNode) wanted.path("metadata")).remove("resourceVersion");
        JsonNode before = applied.put(status ? target + "/status" : target, wanted.deepCopy());
        ObjectNode merged = stored.map(ObjectNode::deepCopy).orElseGet(wanted::deepCopy);
        if (stored.isPresent()) {
            drop(merged, before, wanted);
            merge(merged, wanted);
        }
        if (!status) {
            manage(merged, wanted, manager(path));
        }
        if (stored.isEmpty()) {
            return post(target.substring(0, target.lastIndexOf('/')), merged.toString());
        }
        return merged.equals(stored.get())
                ? new MockResponse().setResponseCode(200).setBody(merged.toString())
                : put(status ? target + "/status" : target, merged.toString());
    }

    private static String version(ObjectNode object) {
        return object.path("metadata").path("resourceVersion").asText();
    }

    /** What was applied before, and isn't any more, goes. */
    private static void drop(ObjectNode merged, JsonNode before, JsonNode now) {
        if (before == null) {
            return;
        }
        before.properties().forEach(member -> {
            JsonNode next = now.get(member.getKey());
            if (next == null) {
                merged.remove(member.getKey());
            } else if (member.getValue().isObject()
                    && next.isObject()
                    && merged.get(member.getKey()) instanceof ObjectNode inner) {
                drop(inner, member.getValue(), next);
            }
        });
    }

    private static void merge(ObjectNode into, JsonNode more) {
        more.properties().forEach(member -> {
            if (into.get(member.getKey()) instanceof ObjectNode there
                    && member.getValue().isObject()) {
                merge(there, member.getValue());
            } else {
                into.set(member.getKey(), member.getValue().deepCopy());
            }
        });
    }

    private static void manage(ObjectNode object, JsonNode wanted, String manager) {
        ObjectNode entry =
                ((ObjectNode) object.get("metadata")).putArray("managedFields").addObject();
        entry.put("manager", manager).put("operation", "Apply").put("fieldsType", "FieldsV1");
        entry.set("apiVersion", wanted.get("apiVersion"));
        entry.set("fieldsV1", fields(wanted, true));
    }

    private static ObjectNode fields(JsonNode object, boolean root) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(member -> {
            boolean identity = root && Set.of("apiVersion", "kind").contains(member.getKey());
            if (!identity) {
                fields.set("f:" + member.getKey(), owned(member.getValue()));
            }
        });
        if (fields.get("f:metadata") instanceof ObjectNode metadata) {
            metadata.remove(List.of("f:name", "f:namespace"));
        }
        return fields;
    }

    /** Lists of named things are owned thing by thing, others as a whole. */
    private static ObjectNode owned(JsonNode value) {
        if (value.isObject()) {
            return fields(value, false);
        }
        ObjectNode items = JsonNodeFactory.instance.objectNode();
        boolean named = value.isArray() && !value.isEmpty();
        for (JsonNode item : value) {
            named &= item.hasNonNull("name");
        }
        if (named) {
            value.forEach(item -> items.set("k:{\"name\":" + item.get("name") + "}", fields(item, false)));
        }
        return items;
    }

    private static String manager(String path) {
        Matcher matcher = Pattern.compile("fieldManager=([^&]+)").matcher(path);
        return matcher.find() ? matcher.group(1) : "unknown";
    }

    private static String plain(String path) {
        return path.replaceFirst("\\?.*", "").replaceFirst("/status$", "");
    }

    private static ObjectNode json(String body) {
        return Serialization.unmarshal(body, ObjectNode.class);
    }
}
