package io.ebean.bean;

/** Named as what Ebean marks its entities with, which is not here. */
public interface EntityBean {}
