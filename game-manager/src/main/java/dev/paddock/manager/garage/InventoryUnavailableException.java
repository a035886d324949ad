package dev.paddock.manager.garage;

/** The inventory service is away, too slow, or broken. Whether it carried out what was asked is not known. */
final class InventoryUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    InventoryUnavailableException(String message) {
        super(message, null, false, false);
    }
}
