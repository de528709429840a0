# frozen_string_literal: true

require "json"
require "socket"
require "webrick"

# Logstash's API, as far as probes ask it. https://www.elastic.co/guide/en/logstash/7.16/monitoring.html
class Api
  def initialize(host, port)
    quiet = WEBrick::Log.new(File::NULL)
    @server = WEBrick::HTTPServer.new(BindAddress: host, Port: port, ServerName: "logstash", Logger: quiet, AccessLog: [])
    about = { host: Socket.gethostname, version: "7.16.3", http_address: "#{host}:#{port}", status: "green" }
    @server.mount_proc("/") do |request, response|
      response.status = request.path == "/" ? 200 : 404
      response.content_type = "application/json"
      response.body = JSON.generate(request.path == "/" ? about : { path: request.path, status: 404 })
    end
  end

  def start
    Thread.new { @server.start }
  end
end
