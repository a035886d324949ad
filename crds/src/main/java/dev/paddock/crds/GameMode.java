package dev.paddock.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.SchemaSwap;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** What can be played: who may meet whom, a match's deadlines, how many servers stand ready, and their image. */
@Group("paddock.dev")
@Version("v1")
@Kind("GameMode")
@Singular("gamemode")
@Plural("gamemodes")
@Categories("paddock")
@ShortNames("gm")
@AdditionalPrinterColumn(name = "PLAYERS", jsonPath = ".status.players", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "STANDBY", jsonPath = ".status.standby", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "IN-MATCH", jsonPath = ".status.inMatch", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "QUEUED", jsonPath = ".status.queued", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "READY",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$')",
        message = "a mode's name is 1 to 40 lower-case letters, digits and dashes")
@SchemaSwap(originalType = GameModeSpec.class, fieldName = "matching", targetType = SpecSchema.Matching.class)
@SchemaSwap(originalType = GameModeSpec.class, fieldName = "limits", targetType = SpecSchema.Limits.class)
@SchemaSwap(originalType = GameModeSpec.class, fieldName = "server", targetType = ServerSchema.Server.class)
public final class GameMode extends CustomResource<GameModeSpec, GameModeStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;

    @Override
    @Required
    public GameModeSpec getSpec() {
        return super.getSpec();
    }

    @Override
    @SuppressWarnings("NullAway") // The base class allows null, and a record has no empty instance to give.
    protected @Nullable GameModeSpec initSpec() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    protected @Nullable GameModeStatus initStatus() {
        return null;
    }
}
