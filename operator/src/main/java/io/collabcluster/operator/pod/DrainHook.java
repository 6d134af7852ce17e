package io.collabcluster.operator.pod;

import io.collabcluster.operator.api.DrainSpec;

/**
 * How a pod goes. Its address is taken out of the balancers while the hook sleeps; the server drains on SIGTERM, which
 * comes after it; the grace period spans both. The kubelet itself sleeps, so that the image needs no shell.
 */
final class DrainHook implements Part {

    @Override
    public void addTo(Draft draft) {
        DrainSpec drain = draft.cluster.getSpec().drain();
        draft.pod.withTerminationGracePeriodSeconds((long) drain.gracePeriodSeconds());
        if (drain.preStopSeconds() > 0) {
            draft.container
                    .withNewLifecycle()
                    .withNewPreStop()
                    .withNewSleep()
                    .withSeconds((long) drain.preStopSeconds())
                    .endSleep()
                    .endPreStop()
                    .endLifecycle();
        }
    }
}
