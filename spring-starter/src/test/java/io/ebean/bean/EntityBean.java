package io.ebean.bean;

/** Has the name of the interface with which Ebean marks its entities; Ebean itself is not on the class path. */
public interface EntityBean {}
