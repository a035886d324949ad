package dev.paddock.manager.plantedtoo;

import dev.paddock.manager.planted.Planted;

/** The other half of a cycle. */
public class PlantedToo {
    Planted cycle;
}
