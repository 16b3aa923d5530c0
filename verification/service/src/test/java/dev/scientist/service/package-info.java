/** An ordinary service under experiment: JPA with lazy collections, a cache, a small pool, migrations, an endpoint. */
package dev.scientist.service;
