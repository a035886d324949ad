package dev.paddock.inventory;

import io.micronaut.context.env.Environment;
import io.micronaut.runtime.Micronaut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the inventory service. */
public final class InventoryApplication extends Micronaut {
    private static final Logger LOG = LoggerFactory.getLogger(InventoryApplication.class);

    private InventoryApplication() {}

    public static void main(String[] args) {
        new InventoryApplication()
                .mainClass(InventoryApplication.class)
                .args(args)
                // Logs the banner as well, which nobody reads in a log.
                .banner(false)
                .start();
    }

    /** Says what to do about it in one sentence, where one is known; Micronaut's stack trace otherwise. */
    @Override
    protected void handleStartupException(Environment environment, Throwable failure) {
        String sentence = StartFailure.sentence(environment, failure);
        if (sentence == null) {
            super.handleStartupException(environment, failure);
            return;
        }
        LOG.error("The inventory service does not start: {}", sentence);
        System.exit(1);
    }
}
