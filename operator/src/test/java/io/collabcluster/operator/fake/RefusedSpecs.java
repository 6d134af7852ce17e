package io.collabcluster.operator.fake;

/** Specifications that an API server refuses, each with the place and the message, for {@code CsvSource}. */
public final class RefusedSpecs {

    public static final String TABLE = """
            dataSource: {}                                                  | spec.dataSource: give either host or urlSecret
            dataSource: {host: db, urlSecret: {name: a, key: b}}            | spec.dataSource: give either host or urlSecret
            dataSource: {urlSecret: {name: a, key: b}, credentialsSecret: {name: c}} | spec.dataSource: urlSecret holds role and password, too: leave credentialsSecret out
            dataSource: {host: db, clientCertificate: true}                 | spec.dataSource: clientCertificate needs tlsSecret, where it is
            drain: {windowSeconds: 60}                                      | spec.drain: gracePeriodSeconds has to be at least preStopSeconds + windowSeconds + 10: else nodes are killed while they drain
            autoscaling: {minReplicas: 5, maxReplicas: 4}                   | spec.autoscaling: minReplicas has to be at most maxReplicas
            autoscaling: {enabled: true, connectionsPerNode: 0, cpuPercent: 0} | spec.autoscaling: name connectionsPerNode or cpuPercent: there is nothing else to scale by
            autoscaling: {enabled: true, cpuPercent: 70}                    | spec: autoscaling.cpuPercent is of the CPU that a node requests: name it below resources.requests
            redis: {managed: {}, url: "redis://r:6379"}                     | spec.redis: give one of managed, url and urlSecret, or none for a managed Redis
            redis: {url: "redis://:secret@r:6379"}                          | spec.redis.url: should match ^rediss?://[^@]+$
            redis: {urlSecret: {name: a, key: b}, passwordSecret: {name: a, key: b}} | spec.redis: passwordSecret belongs to url; urlSecret holds the password, and a managed Redis has its own
            redis: {url: "rediss://r:6379", clientCertificate: true}        | spec.redis: clientCertificate needs tlsSecret, where it is
            redis: {tlsSecret: a}                                           | spec.redis: a managed Redis has no TLS: only the nodes reach it
            redis: {url: "redis://r:6379", key: "a b"}                      | spec.redis.key: should match ^[^ #{}*?\\[\\]]{1,64}$
            exposure: {provider: Nginx}                                     | spec.exposure: provider is about an Ingress: set type to Ingress
            exposure: {type: Gateway}                                       | spec.exposure: type Gateway needs the block gateway, and no other type has one
            exposure: {type: Ingress, gateway: {name: g}}                   | spec.exposure: type Gateway needs the block gateway, and no other type has one
            exposure: {tlsSecret: t}                                        | spec.exposure: tlsSecret is the Ingress's; a Gateway's listener and a load balancer have their own
            exposure: {type: Ingress, sourceRanges: [192.0.2.0/24]}         | spec.exposure: sourceRanges are a load balancer's
            exposure: {type: LoadBalancer, paths: [/]}                      | spec.exposure: paths are an Ingress's or a Gateway's: a load balancer and a Service pass on everything
            exposure: {type: Ingress, provider: Traefik, sticky: {mode: HashKey, key: doc}} | spec.exposure: only the providers Nginx and HAProxyTech can hash a key
            exposure: {type: LoadBalancer, sticky: {mode: Cookie}}          | spec.exposure: a cookie needs an Ingress or a Gateway: a load balancer and a Service know the client's address alone
            exposure: {type: Ingress, sticky: {mode: Cookie}}               | spec.exposure: the provider Generic can't be told to set a cookie: name the provider
            exposure: {type: Ingress, provider: ALB, sticky: {mode: ClientIP}} | spec.exposure: only a load balancer, a Service and the providers Nginx, HAProxyTech and HAProxyIngress keep clients together by address
            exposure: {type: Ingress, sticky: {mode: ClientIP}}             | spec.exposure: only a load balancer, a Service and the providers Nginx, HAProxyTech and HAProxyIngress keep clients together by address
            exposure: {type: Gateway, gateway: {name: g}, sticky: {mode: ClientIP}} | spec.exposure: only a load balancer, a Service and the providers Nginx, HAProxyTech and HAProxyIngress keep clients together by address
            exposure: {type: Gateway, gateway: {name: g}, sticky: {mode: Cookie}} | spec.exposure: a cookie through a Gateway is experimental in the Gateway API: set gateway.sessionPersistence to Experimental
            exposure: {type: Ingress, provider: Nginx, sticky: {mode: HashKey}} | spec.exposure.sticky: mode HashKey needs key, and no other mode has one
            exposure: {type: Ingress, provider: Nginx, sticky: {mode: HashKey, key: sid}} | spec.exposure.sticky: the first request of a session has no sid yet: hash something that the client knows
            exposure: {type: Ingress, provider: Nginx, sticky: {mode: HashKey, key: doc-id}} | spec.exposure: nginx has no name for a parameter with a hyphen: hash another key
            monitoring: {alerts: true}                                      | spec.monitoring: alerts are about what the ServiceMonitor lets Prometheus read: set serviceMonitor to true, too
            socketio: {path: /q}                                            | spec.socketio: the server has a use of its own for /q, /admin, /status, /api, /servers, /assets and /engine.io: take another path
            socketio: {path: /admin/socket.io}                              | spec.socketio: the server has a use of its own for /q, /admin, /status, /api, /servers, /assets and /engine.io: take another path
            socketio: {path: /status/}                                      | spec.socketio: the server has a use of its own for /q, /admin, /status, /api, /servers, /assets and /engine.io: take another path
            socketio: {path: /api/v2}                                       | spec.socketio: the server has a use of its own for /q, /admin, /status, /api, /servers, /assets and /engine.io: take another path
            socketio: {path: /engine.io}                                    | spec.socketio: the server has a use of its own for /q, /admin, /status, /api, /servers, /assets and /engine.io: take another path
            replicas: 9999                                                  | spec.replicas: should be at most 1000.0
            replicas: many                                                  | spec.replicas: must be of type integer
            replica: 3                                                      | spec.replica: unknown field
            exposure: {type: Route}                                         | spec.exposure.type: unsupported value, one of ["Gateway", "Ingress", "LoadBalancer", "None"]
            """;

    /** Names that other kinds may have. */
    public static final String NAMES = """
            1demo
            demo.a
            a-name-that-is-longer-than-services-can-bear-it-to-be
            """;

    public static final String NAME =
            "the name has to start with a letter, hold only a-z, 0-9 and -, and have at most 45 characters:"
                    + " Services are named after it";

    private RefusedSpecs() {}
}
