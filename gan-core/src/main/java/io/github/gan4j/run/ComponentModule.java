package io.github.gan4j.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.github.gan4j.Component;
import io.github.gan4j.Components;
import java.io.IOException;

/** Writes losses, penalties and the like into configurations as users write them: {@code r1=10}. */
final class ComponentModule extends SimpleModule {

    private static final long serialVersionUID = 1;

    ComponentModule() {
        addSerializer(new Writer());
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addDeserializers(
                new Deserializers.Base() {
                    @Override
                    public JsonDeserializer<?> findBeanDeserializer(
                            JavaType type, DeserializationConfig config, BeanDescription bean) {
                        return Component.class.isAssignableFrom(type.getRawClass())
                                ? new Reader<>(type.getRawClass().asSubclass(Component.class))
                                : null;
                    }
                });
    }

    private static final class Writer extends StdSerializer<Component> {

        private static final long serialVersionUID = 1;

        Writer() {
            super(Component.class);
        }

        @Override
        public void serialize(Component value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(Components.describe(value));
        }
    }

    private static final class Reader<T extends Component> extends StdDeserializer<T> {

        private static final long serialVersionUID = 1;
        private final Class<T> type;

        Reader(Class<T> type) {
            super(type);
            this.type = type;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return Components.parse(type, json.getText());
        }
    }
}
