package dev.paddock.director.planted;

import dev.paddock.director.plantedtoo.PlantedToo;

/** One half of a cycle. */
public class Planted {
    PlantedToo cycle;
}
