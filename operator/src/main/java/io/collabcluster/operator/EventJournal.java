package io.collabcluster.operator;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.status.Happening;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Writes Events, which {@code kubectl describe} shows. The same once more is counted; a failure holds up nothing. */
@Singleton
class EventJournal {

    private static final Logger LOG = Logger.getLogger(EventJournal.class);
    private static final int LONGEST_MESSAGE = 1000;

    private final Clock clock;

    EventJournal(Clock clock) {
        this.clock = clock;
    }

    void write(CollabCluster cluster, List<Happening> happenings, KubernetesClient client) {
        for (Happening happening : happenings) {
            LOG.infof(
                    "%s/%s: %s: %s",
                    cluster.getMetadata().getNamespace(),
                    cluster.getMetadata().getName(),
                    happening.reason(),
                    happening.message());
            try {
                write(event(cluster, happening), client);
            } catch (KubernetesClientException e) {
                LOG.warnf("The event %s can't be written: %s", happening.reason(), e.getMessage());
            }
        }
    }

    private void write(Event event, KubernetesClient client) {
        var there = client.v1()
                .events()
                .inNamespace(event.getMetadata().getNamespace())
                .withName(event.getMetadata().getName());
        Event known = there.get();
        if (known == null) {
            client.v1().events().resource(event).create();
        } else {
            there.edit(old -> new EventBuilder(old)
                    .withCount(old.getCount() == null ? 2 : old.getCount() + 1)
                    .withLastTimestamp(event.getLastTimestamp())
                    .build());
        }
    }

    private Event event(CollabCluster cluster, Happening happening) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        String message = happening.message();
        int same = (happening.reason() + message + cluster.getMetadata().getUid()).hashCode();
        return new EventBuilder()
                .withNewMetadata()
                .withName(cluster.getMetadata().getName() + "."
                        + happening.reason().toLowerCase(Locale.ROOT) + "." + Integer.toHexString(same))
                .withNamespace(cluster.getMetadata().getNamespace())
                .endMetadata()
                .withType(happening.warning() ? "Warning" : "Normal")
                .withReason(happening.reason())
                .withMessage(message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message)
                .withNewInvolvedObject()
                .withApiVersion(cluster.getApiVersion())
                .withKind(cluster.getKind())
                .withName(cluster.getMetadata().getName())
                .withNamespace(cluster.getMetadata().getNamespace())
                .withUid(cluster.getMetadata().getUid())
                .endInvolvedObject()
                .withNewSource(Labels.OPERATOR, null)
                .withReportingComponent(Labels.OPERATOR)
                .withCount(1)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .build();
    }
}
