package org.springframework.data.mongodb.core.convert;

/** Named as what Spring Data marks its proxies of documents with, which is not here. */
public interface LazyLoadingProxy {

    /** Loads. */
    Object getTarget();
}
