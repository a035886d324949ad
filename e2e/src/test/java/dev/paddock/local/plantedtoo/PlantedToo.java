package dev.paddock.local.plantedtoo;

import dev.paddock.local.planted.Planted;

/** The other half of a cycle. */
public class PlantedToo {
    Planted cycle;
}
