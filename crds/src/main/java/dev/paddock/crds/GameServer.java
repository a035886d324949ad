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

/** One game server: one pod, and in its life one match. */
@Group("paddock.dev")
@Version("v1")
@Kind("GameServer")
@Singular("gameserver")
@Plural("gameservers")
@Categories("paddock")
@ShortNames("gs")
@AdditionalPrinterColumn(name = "MODE", jsonPath = ".spec.mode", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "PHASE", jsonPath = ".status.phase", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "ADDRESS", jsonPath = ".status.address", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "PORTS", jsonPath = ".status.portsShown", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "NODE", jsonPath = ".status.node", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "PLAYERS", jsonPath = ".status.players", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$')",
        message = "a game server's name is 1 to 63 lower-case letters, digits and dashes: it is a part of its subjects")
@SchemaSwap(originalType = GameServerSpec.class, fieldName = "server", targetType = ServerSchema.Server.class)
public final class GameServer extends CustomResource<GameServerSpec, GameServerStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;

    @Override
    @Required
    public GameServerSpec getSpec() {
        return super.getSpec();
    }

    @Override
    @SuppressWarnings("NullAway") // The base class allows null, and a record has no empty instance to give.
    protected @Nullable GameServerSpec initSpec() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    protected @Nullable GameServerStatus initStatus() {
        return null;
    }
}
