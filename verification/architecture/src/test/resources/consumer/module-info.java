module consumer {
    requires dev.scientist.core;
}
