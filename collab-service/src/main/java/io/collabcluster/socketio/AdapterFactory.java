package io.collabcluster.socketio;

/** Makes the adapter of each namespace. */
@FunctionalInterface
public interface AdapterFactory {

    /** One node alone. */
    AdapterFactory LOCAL = LocalAdapter::new;

    /** Called while the namespace is being made: may keep it, must not use it yet. */
    Adapter create(Namespace namespace);
}
