package io.collabcluster.balance.recipe;

import io.collabcluster.engineio.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads what is asked for, and finds everything at once that is wrong with it or makes no sense together. */
public final class RecipeReader {

    /** A recipe, or what keeps it from being one: each says what would be right. */
    public sealed interface Result {}

    public record Valid(Recipe recipe) implements Result {}

    public record Refused(List<String> faults) implements Result {}

    private static final String USUAL_KEY = "key";
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
    /** Parameters that the protocol has, and that change with each request or session. */
    private static final List<String> PROTOCOLS_OWN = List.of("EIO", "transport", "sid", "t", "j", "b64");

    private static final Pattern LISTEN =
            Pattern.compile("(?:(?:\\d{1,3}\\.){3}\\d{1,3}:|\\[[0-9A-Fa-f:.]{2,45}]:)?(\\d{1,5})");

    private final RecipeRequest request;
    private final List<String> faults = new ArrayList<>();

    private RecipeReader(RecipeRequest request) {
        this.request = request;
    }

    public static Result read(RecipeRequest request) {
        return new RecipeReader(request).read();
    }

    private Result read() {
        ProductVersion version = version();
        List<Backend> nodes = each("--nodes", request.nodes(), Backend::parse, Backend.EXPECTED);
        List<Subnet> trusted =
                each("--trusted", request.trusted(), Subnet::parse, "addresses and ranges, e.g. 10.0.0.0/8,fd00::/8");
        List<String> listen = each("--listen", listen(), RecipeReader::listen, "PORT or ADDRESS:PORT, e.g. 80,[::]:80");
        Optional<Certificate> tls =
                each("--tls", request.tls().stream().toList(), Certificate::parse, Certificate.EXPECTED).stream()
                        .findFirst();
        checkKey();
        Recipe recipe = new Recipe(
                request.product(),
                version,
                nodes,
                request.mode(),
                request.tcp(),
                request.proxyProtocol(),
                trusted,
                tls,
                request.key().orElse(USUAL_KEY),
                listen,
                request.agentCheckPort());
        if (faults.isEmpty()) {
            faults.addAll(Combinations.faults(recipe));
        }
        return faults.isEmpty() ? new Valid(recipe) : new Refused(List.copyOf(faults));
    }

    private ProductVersion version() {
        Product product = request.product();
        ProductVersion version =
                request.version().flatMap(ProductVersion::parse).orElse(product.oldest());
        if (request.version().isPresent()
                && (ProductVersion.parse(request.version().get()).isEmpty()
                        || version.compareTo(product.oldest()) < 0)) {
            faults.add("--version " + request.version().get() + ": there are recipes for " + product.title() + " "
                    + product.oldest() + " and later, e.g. --version " + product.oldest());
        }
        return version;
    }

    private List<String> listen() {
        return request.listen().isEmpty() ? List.of(request.tls().isPresent() ? "443" : "80") : request.listen();
    }

    private void checkKey() {
        String key = request.key().orElse(USUAL_KEY);
        if (request.key().isPresent() && request.mode() != Mode.KEY) {
            faults.add("--key is for --mode key: it names the query parameter. Write --mode key --key " + key
                    + ", or leave it out");
        } else if (!KEY.matcher(key).matches() || PROTOCOLS_OWN.contains(key)) {
            faults.add("--key " + key + ": a parameter that the application adds to its queries, of A-Z a-z 0-9 _, and"
                    + " none of the protocol's own (" + String.join(", ", PROTOCOLS_OWN) + "), e.g. --key document");
        }
    }

    private static Optional<String> listen(String text) {
        var matcher = LISTEN.matcher(text);
        return matcher.matches()
                        && Integer.parseInt(matcher.group(1)) >= 1
                        && Integer.parseInt(matcher.group(1)) <= 65_535
                ? Optional.of(text)
                : Optional.empty();
    }

    private <T> List<T> each(String option, List<String> texts, Function<String, Optional<T>> parse, String right) {
        var values = new ArrayList<T>();
        for (String text : texts) {
            parse.apply(text.strip())
                    .ifPresentOrElse(values::add, () -> faults.add(option + " \"" + text + "\": expected " + right));
        }
        return List.copyOf(values);
    }
}
