package io.collabcluster.balance.recipe;

import io.collabcluster.engineio.Subnet;

/** nginx that reads the requests: {@code http}. */
final class NginxHttp {

    private final Recipe recipe;
    private final NginxUpstreams upstreams;
    private final ConfigText out = new ConfigText();

    NginxHttp(Recipe recipe) {
        this.recipe = recipe;
        this.upstreams = new NginxUpstreams(recipe, out);
    }

    String text() {
        Heading.write(recipe, out);
        NginxProcess.write(out);
        out.gap().block("http", () -> {
            logging();
            out.gap();
            out.why(
                    "Headers of an upgrade are for one hop only, so they are set anew, and for WebSockets alone: over an upgrade"
                            + " to anything else (h2c) a client would speak to the node past this balancer. Empty lets the connection be"
                            + " used again.");
            out.block("map $http_upgrade $collab_upgrade", () -> out.line("~*^websocket$ websocket;")
                    .line("default '';"));
            out.block("map $http_upgrade $collab_connection", () -> out.line("~*^websocket$ upgrade;")
                    .line("default '';"));
            front();
            upstreams.write();
            out.gap().block("server", this::server);
        });
        return out.toString();
    }

    private void logging() {
        out.why("Without the query: it holds session ids, and perhaps a token, which nobody should read in a log.");
        out.line("log_format collab '$remote_addr [$time_local] \"$request_method $uri\" $status $body_bytes_sent "
                + "$request_time $upstream_addr';");
        out.line("access_log /var/log/nginx/access.log collab;");
    }

    /** Whom the balancers in front say the client is. */
    private void front() {
        if (!recipe.behindAnother()) {
            return;
        }
        out.gap();
        out.why(
                "Hashes, logs and the nodes get the client's address, not that of the balancer in front; only these may name"
                        + " it.");
        for (Subnet subnet : recipe.trusted()) {
            out.line("set_real_ip_from " + subnet + ";");
        }
        if (recipe.takesProxyProtocol()) {
            out.line("real_ip_header proxy_protocol;");
            return;
        }
        out.line("real_ip_header X-Forwarded-For;");
        out.why("The rightmost address that isn't one of theirs: what stands left of it was written by the client.");
        out.line("real_ip_recursive on;");
        out.why("They may have taken the client's TLS.");
        out.block("geo $realip_remote_addr $collab_front", () -> {
            out.line("default 0;");
            recipe.trusted().forEach(subnet -> out.line(subnet + " 1;"));
        });
        out.block(
                "map \"$collab_front:$http_x_forwarded_proto\" $collab_scheme",
                () -> out.line("default $scheme;").line("\"1:https\" https;").line("\"1:http\" http;"));
    }

    private void server() {
        listen();
        out.gap();
        out.why("Larger than anything that the nodes take: they answer with a reason, nginx would not.");
        out.line("client_max_body_size 2m;");
        out.gap();
        out.why("HTTP/1.1 and these two headers are what a WebSocket needs.");
        out.line("proxy_http_version 1.1;");
        out.line("proxy_set_header Upgrade $collab_upgrade;");
        out.line("proxy_set_header Connection $collab_connection;");
        out.line("proxy_set_header Host $http_host;");
        out.why("Not added to what came, but set: a client's own claim ends here.");
        out.line("proxy_set_header X-Forwarded-For $remote_addr;");
        boolean told = recipe.behindAnother() && !recipe.takesProxyProtocol();
        out.line("proxy_set_header X-Forwarded-Proto " + (told ? "$collab_scheme;" : "$scheme;"));
        out.why("Something goes over every connection each 25 s (pingInterval); one that is silent for 45 s is gone.");
        out.line("proxy_read_timeout " + Recipe.LONGER_THAN_SILENCE + ";");
        out.line("proxy_send_timeout " + Recipe.LONGER_THAN_SILENCE + ";");
        out.why("A node whose machine is gone doesn't answer at all: the next one is asked soon.");
        out.line("proxy_connect_timeout 3s;");
        upstreams.cookieHeader();
        locations();
    }

    private void listen() {
        boolean old = !recipe.version().atLeast(1, 25, 1);
        String parameters = (recipe.tls().isPresent() ? " ssl" + (old ? " http2" : "") : "")
                + (recipe.takesProxyProtocol() ? " proxy_protocol" : "");
        if (recipe.takesProxyProtocol()) {
            out.why("Every connection has to begin with a PROXY header now; let only the balancers in front reach the"
                    + " port.");
        }
        recipe.listen().forEach(address -> out.line("listen " + address + parameters + ";"));
        recipe.tls().ifPresent(tls -> {
            out.lineIf(!old, "http2 on;");
            NginxProcess.certificate(tls, out);
        });
    }

    private void locations() {
        out.gap();
        out.why("Clients connect here.");
        out.block("location /socket.io/", () -> {
            out.line("proxy_pass http://" + upstreams.target() + ";");
            out.why(
                    "A node that drains or is paused refuses new sessions with 503, and goes on with those that it has. So a"
                            + " refused one is tried elsewhere, but the node isn't taken as failed (proxy_next_upstream http_503"
                            + " would).");
            out.line("proxy_intercept_errors on;");
            out.line("error_page 503 = @elsewhere;");
        });
        out.gap().block("location @elsewhere", () -> {
            out.line("proxy_pass http://collab_elsewhere;");
            out.line("proxy_next_upstream error timeout http_503;");
        });
        out.gap();
        out.why("Metrics, and what operators do, are nobody's business out there: ask the nodes themselves.");
        out.block("location /q/", () -> out.line("return 404;"));
        out.block("location /admin/", () -> out.line("return 404;"));
        out.gap();
        out.why("Of this node, not of all (scope=cluster): that names the nodes' addresses behind this.");
        out.block("location ~ ^/status/?$", () -> {
            out.line("rewrite ^ /status? break;");
            out.line("proxy_pass http://" + upstreams.target() + ";");
        });
        out.gap();
        out.why("The page, REST, /status.");
        out.block("location /", () -> out.line("proxy_pass http://" + upstreams.target() + ";"));
    }
}
