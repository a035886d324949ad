package dev.paddock.local.planted;

import dev.paddock.local.plantedtoo.PlantedToo;

/** One half of a cycle. */
public class Planted {
    PlantedToo cycle;
}
