package io.collabcluster.balance.recipe;

/** What stands around and in both kinds of nginx configuration. */
final class NginxProcess {

    private NginxProcess() {}

    static void write(ConfigText out) {
        out.gap();
        out.why("Debian's packages load their modules here; where there are none, nothing is included.");
        out.line("include /etc/nginx/modules-enabled/*.conf;");
        out.gap();
        out.line("worker_processes auto;");
        out.why("Each client takes two connections: its own, and one to its node.");
        out.line("worker_rlimit_nofile 65536;");
        out.block("events", () -> out.line("worker_connections 32768;"));
    }

    static void certificate(Certificate tls, ConfigText out) {
        out.line("ssl_certificate " + tls.file() + ";");
        out.line("ssl_certificate_key " + tls.key().orElse(tls.file()) + ";");
        out.line("ssl_protocols TLSv1.2 TLSv1.3;");
        out.why("Clients that come back, all at once perhaps, need no full handshake.");
        out.line("ssl_session_cache shared:collab_tls:10m;");
    }
}
